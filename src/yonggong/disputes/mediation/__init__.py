"""劳动人事争议调解申请: from the application to the agreement, or to its end without one."""
