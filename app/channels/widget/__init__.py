"""The widget for web sites: its files, the page that shows it, and what a page needs to know before it opens."""
