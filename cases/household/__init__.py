"""What is found at a household on the home visit: the form as data, the income sum, what inspectors would ask."""
