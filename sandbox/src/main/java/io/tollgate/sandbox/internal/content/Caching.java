package io.tollgate.sandbox.internal.content;

/**
 * What a cache did for a prompt, in tokens of it.
 *
 * @param read taken from it
 * @param written put into it for its usual time
 * @param writtenForHour put into it for an hour
 * @param writesForHour whether what a steering writes is for an hour
 */
public record Caching(int read, int written, int writtenForHour, boolean writesForHour) {
  /** Nothing. */
  public static final Caching NONE = new Caching(0, 0, 0, false);
}
