"""What people could type to hold the bot up, and that it does not."""
