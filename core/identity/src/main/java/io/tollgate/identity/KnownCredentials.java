package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Finds credentials that everybody knows, such as a demo's, before an installation serves in
 * production, and ends them. Blocking; a password takes about a tenth of a second to try.
 */
public interface KnownCredentials {
  /** What of them still opens something, each in a few words; empty when nothing does. */
  List<String> open(Demo demo);

  /**
   * Ends them for good, all or none: administrators with such a password have a random one, written
   * to {@code passwordFolder} for its owner only; of the demo's tenants nothing opens anything any
   * more. To be called again changes nothing.
   */
  Ended end(Demo demo, Path passwordFolder);

  /**
   * What a demo is recognized by.
   *
   * @param passwords those that it gives to administrators and users
   * @param emails addresses of its users; a tenant that has one of them is the demo's
   */
  record Demo(Set<String> passwords, Set<String> emails) {
    public Demo {
      passwords = Set.copyOf(passwords);
      emails = Set.copyOf(emails);
    }
  }

  /**
   * What was ended.
   *
   * @param said each in a few words; empty when there was nothing left to end
   * @param tenants the demo's, ended now or before
   */
  record Ended(List<String> said, List<TenantId> tenants) {
    public Ended {
      said = List.copyOf(requireNonNull(said, "said is null"));
      tenants = List.copyOf(requireNonNull(tenants, "tenants is null"));
    }
  }
}
