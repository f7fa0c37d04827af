"""What uplines and their team see of each other, ask and write."""
