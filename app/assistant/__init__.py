"""How the AI answers: the extractive and the model answerer. LangChain ends here."""
