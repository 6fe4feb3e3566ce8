"""What an announcement says of an alliance: organisations and their roles, teams, projects."""
