package io.tollgate.metering;

/**
 * What gateways hold of an account in leases.
 *
 * @param leases how many of them
 * @param units granted and not settled
 */
public record LeasedUnits(long leases, long units) {}
