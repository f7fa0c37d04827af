"""What is done for people: load, ask the core, save; one file a topic."""
