"""劳动人事争议仲裁申请: from the application to the award."""
