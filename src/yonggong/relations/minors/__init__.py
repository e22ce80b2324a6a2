"""录用未成年工登记备案: workers of 16 to 18, their health checks, the posts closed to them."""
