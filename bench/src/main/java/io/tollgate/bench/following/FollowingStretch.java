package io.tollgate.bench.following;

/**
 * What was seen while so many clients followed.
 *
 * @param clients that were connected
 * @param charges that were sent
 * @param failed charges that were refused
 * @param timed events that were seen after a charge
 * @param untold charges of whose event nothing was seen
 * @param p50Millis from the charge's request to its event
 * @param lost connections that ended
 * @param heapPerClient live bytes more than with none, by client
 * @param ownMicros processor time of the process by charge
 * @param databaseMicros of PostgreSQL by charge
 */
record FollowingStretch(
    int clients,
    long charges,
    long failed,
    long timed,
    long untold,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    long lost,
    double heapPerClient,
    double ownMicros,
    double databaseMicros) {}
