"""Who is called when somebody is in danger, again and again until one confirms."""
