"""Reports that come by e-mail: what a message says, and the letter that answers it."""
