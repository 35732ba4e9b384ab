package io.tollgate.identity;

/** What an administrator may do. */
public enum AdminRole {
  OWNER,
  FINANCE,
  SUPPORT,
  READ_ONLY
}
