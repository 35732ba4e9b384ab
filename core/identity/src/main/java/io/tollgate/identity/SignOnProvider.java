package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Another provider (OpenID Connect) that says who somebody is.
 *
 * @param name by which it is called here, 1–32 of {@code [a-z0-9-]}
 * @param label as people see it
 * @param issuer exactly as its tokens name it
 * @param faces for whom it is
 * @param scope what is asked for
 * @param linksEmail whether somebody who has an account is known again by an address that the
 *     provider has verified; only as trustworthy as the provider is about addresses
 * @param registers whether it makes users who are not there yet
 * @param tenant with whom its users are; empty: with that of the host name, else with the first
 */
public record SignOnProvider(
    String name,
    String label,
    URI issuer,
    String clientId,
    Optional<String> clientSecret,
    Set<Face> faces,
    String scope,
    boolean linksEmail,
    boolean registers,
    Optional<TenantId> tenant) {
  /** Who signs on. */
  public enum Face {
    USERS,
    ADMINS
  }

  public SignOnProvider {
    requireNonNull(name, "name is null");
    requireNonNull(label, "label is null");
    requireNonNull(issuer, "issuer is null");
    requireNonNull(clientId, "clientId is null");
    requireNonNull(clientSecret, "clientSecret is null");
    faces = Set.copyOf(faces);
    requireNonNull(scope, "scope is null");
    requireNonNull(tenant, "tenant is null");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SignOnProvider[name=" + name + ", issuer=" + issuer + "]";
  }
}
