package io.tollgate.ground;

/** Whose business an error is; decides the status at the edge, once, whatever the interface. */
public enum ErrorCategory {
  /** The request is wrong and will stay wrong. */
  CALLER_FAULT,
  /** The caller did not say who they are, or said it wrongly. */
  UNAUTHENTICATED,
  /** The caller is known and may not. */
  FORBIDDEN,
  /** It does not exist, or not for this caller. */
  NOT_THERE,
  /** It contradicts what is already there. */
  CONFLICT,
  /** Balance or quota does not cover it. */
  NO_MEANS,
  /** Too many requests; later they will pass. */
  TOO_MANY,
  /** More bytes than the limit. */
  TOO_LARGE,
  /** Something we need does not answer; later it will. */
  UNAVAILABLE,
  /** An upstream failed or was too slow. */
  UPSTREAM,
  /** A fault of ours. */
  OURS
}
