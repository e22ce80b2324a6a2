"""Filing that a dispatch, as its user unit filed it, is changed or ends early (被派遣劳动者用工变更备案)."""
