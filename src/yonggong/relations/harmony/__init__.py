"""Units of harmonious labour relations (和谐劳动关系认定): recommended level by level, and recognised."""
