"""Filing by the user unit of workers that a dispatcher sends it (被派遣劳动者用工备案)."""
