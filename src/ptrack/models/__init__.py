"""Every table, by area; an area imports only the areas that its keys point to."""
