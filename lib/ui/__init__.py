"""The one part of lib that speaks Streamlit: frame, filter bar, buttons, blocks."""
