/** A request of the SDK, and the response's status and header. */
record Sent(String verb, String url, String body, int status, String outside) {}
