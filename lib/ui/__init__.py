"""The one part of lib that uses Streamlit: frame, filter bar, buttons, blocks."""
