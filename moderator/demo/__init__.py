"""The whole service on one screen: an embedded broker, an agent, and a stream of shipped sample messages."""
