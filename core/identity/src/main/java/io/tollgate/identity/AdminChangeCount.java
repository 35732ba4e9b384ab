package io.tollgate.identity;

/**
 * How many rows of the administrators' log have something in common.
 *
 * @param what the day (UTC), the administrator's name, or the action
 */
public record AdminChangeCount(String what, long done, long refused) {}
