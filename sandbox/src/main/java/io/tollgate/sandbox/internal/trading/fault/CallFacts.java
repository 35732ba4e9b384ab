package io.tollgate.sandbox.internal.trading.fault;

/**
 * What rules look at of a call; what is not there is empty.
 *
 * @param ownId the own id of the order that it places, asks for or cancels
 */
public record CallFacts(String method, String path, String symbol, String ownId, String apiKey) {}
