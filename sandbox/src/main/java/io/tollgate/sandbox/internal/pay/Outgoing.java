package io.tollgate.sandbox.internal.pay;

import java.util.Map;

/** A notification as it goes out. */
record Outgoing(String url, Map<String, String> headers, byte[] body) {}
