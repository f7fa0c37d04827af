"""`python -m bot`: the command line."""

from bot.cli.command_line import command_line

if __name__ == "__main__":
    command_line(prog_name="python -m bot")
