"""From a saved news page to a draft announcement and members put forward."""
