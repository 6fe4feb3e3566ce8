"""Planning: work of many organisations in parallel, as far as law, people and space allow."""
