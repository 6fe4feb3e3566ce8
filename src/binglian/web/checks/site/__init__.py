"""Sites under control: findings and how they are put right, stop orders, the form in the field."""
