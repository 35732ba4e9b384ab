package io.tollgate.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.IdentityConfig;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106). A few platform threads do the work, so that
 * a flood of logins neither eats the machine nor holds the carriers of virtual threads; what waits
 * is bounded.
 */
public final class ArgonPasswords {
  private static final int WAITING = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final ThreadPoolExecutor workers;
  private final SecureRandom random;
  private final int memoryKib;
  private final int passes;
  private final PasswordHash nobodys;

  public ArgonPasswords(IdentityConfig config, SecureRandom random) {
    int threads = config.passwordConcurrency();
    this.workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("password-hash-", 0).daemon().factory());
    workers.allowCoreThreadTimeOut(true);
    this.random = random;
    this.memoryKib = config.passwordMemoryKib();
    this.passes = config.passwordPasses();
    this.nobodys =
        new PasswordHash(memoryKib, passes, 1, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  /**
   * Hashes a new password.
   *
   * @throws Refusal {@code INVALID_REQUEST} when it is not 8–128 characters; {@code UNAVAILABLE}
   *     when too many wait
   */
  public String hash(String password) {
    if (password.length() < 8 || password.length() > 128) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "password: " + password.length() + " characters (expected: 8 to 128)");
    }
    return hashOf(password);
  }

  /**
   * Hashes a password that was looked at elsewhere.
   *
   * @throws Refusal {@code UNAVAILABLE} when too many wait
   */
  public String hashOf(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    PasswordHash unfilled = new PasswordHash(memoryKib, passes, 1, salt, new byte[HASH_BYTES]);
    return new PasswordHash(memoryKib, passes, 1, salt, work(() -> compute(password, unfilled)))
        .text();
  }

  /** Whether the password is the hashed one; takes as long where there is no hash. */
  public boolean matches(String password, Optional<String> stored) {
    PasswordHash expected = stored.map(PasswordHash::parse).orElse(nobodys);
    byte[] actual = work(() -> compute(password, expected));
    return MessageDigest.isEqual(actual, expected.hash()) && stored.isPresent();
  }

  /** Whether a stored hash was made with other settings than those of today. */
  public boolean isOutdated(String stored) {
    PasswordHash hash = PasswordHash.parse(stored);
    return hash.memoryKib() != memoryKib || hash.passes() != passes;
  }

  private static byte[] compute(String password, PasswordHash like) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(like.memoryKib())
            .withIterations(like.passes())
            .withParallelism(like.lanes())
            .withSalt(like.salt())
            .build());
    byte[] hash = new byte[like.hash().length];
    generator.generateBytes(password.getBytes(UTF_8), hash);
    return hash;
  }

  private byte[] work(Callable<byte[]> computation) {
    Future<byte[]> result;
    try {
      result = workers.submit(computation);
    } catch (RejectedExecutionException e) {
      throw busy(e);
    }
    try {
      return result.get(PATIENCE.toSeconds(), SECONDS);
    } catch (TimeoutException e) {
      result.cancel(false);
      throw busy(e);
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw busy(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot compute a password hash", e.getCause());
    }
  }

  private static Refusal busy(Exception cause) {
    return new Refusal(ErrorCode.UNAVAILABLE, "too many logins wait", cause)
        .withRetryAfter(Duration.ofSeconds(2));
  }
}
