"""What is wrong or has changed, told from inventories alone."""
