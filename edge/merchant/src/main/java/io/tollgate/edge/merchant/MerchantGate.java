package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.MerchantAccess;
import io.tollgate.identity.MerchantAccess.Merchant;
import io.tollgate.identity.Tenant;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets signed calls through, counts them against the tenant's plan, and writes every answer in the
 * envelope.
 */
final class MerchantGate {
  /** With which a signature is compared whose key nobody has: it takes as long. */
  private static final String NOBODYS_SECRET = "0000000000000000000000000000000000000000000";

  private static final int LONGEST_IDEMPOTENCY_KEY = 128;

  private final Transactions transactions;
  private final MerchantAccess access;
  private final InstantSource clock;
  private final MeterRegistry registry;

  MerchantGate(
      Transactions transactions,
      MerchantAccess access,
      InstantSource clock,
      MeterRegistry registry) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.access = requireNonNull(access, "access is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.registry = requireNonNull(registry, "registry is null");
  }

  BlockingRoute guard(MerchantCall call) {
    return request -> {
      Language language = Language.of(request.header("Accept-Language"));
      try {
        Response answer = Envelope.success(run(call, request, language));
        count(call, 0);
        return answer;
      } catch (MerchantFault fault) {
        count(call, fault.code().httpStatus());
        return Envelope.refused(fault, language);
      } catch (Refusal refusal) {
        count(call, refusal.code().httpStatus());
        return Envelope.refused(refusal, language);
      }
    };
  }

  private String run(MerchantCall call, Request request, Language language) {
    MerchantSignature signature = MerchantSignature.of(request, clock.instant());
    Tenant tenant = signer(signature, request);
    boolean _ =
        transactions.write(
            transaction -> {
              pass(transaction, tenant, signature);
              return true;
            });
    Caller caller =
        new Caller(
            tenant,
            language,
            new LocalTimes(tenant.zone()),
            call.movesMoney() ? idempotencyKey(request) : Optional.empty());
    Parameters parameters =
        call.method() == HttpMethod.GET ? Parameters.ofQuery(request) : Parameters.ofBody(request);
    return call.work().run(caller, parameters);
  }

  private Tenant signer(MerchantSignature signature, Request request) {
    Optional<Merchant> merchant =
        transactions.read(transaction -> access.find(transaction, signature.appKey()));
    String secret = merchant.map(Merchant::secret).orElse(NOBODYS_SECRET);
    if (!signature.isBy(secret, request) || merchant.isEmpty()) {
      throw MerchantFault.unauthenticated(
          "签名验证失败", "the signature is not right, or the key is not known");
    }
    if (signature.form() == MerchantSignature.Form.MD5 && !merchant.get().md5Signing()) {
      throw MerchantFault.unauthenticated(
          "该租户已停用 MD5 签名（应为：X-Sign-Version: 2）",
          "signing by MD5 is off for this tenant (expected: X-Sign-Version: 2)");
    }
    if (!merchant.get().active()) {
      throw new MerchantFault(ErrorCode.FORBIDDEN, "租户已停用", "the tenant is off");
    }
    return merchant.get().tenant();
  }

  /** Uses the nonce up and counts the call, both or neither. */
  private void pass(Transaction transaction, Tenant tenant, MerchantSignature signature) {
    boolean used =
        signature
            .nonce()
            .filter(nonce -> !access.useNonce(transaction, tenant, nonce, signature.goodUntil()))
            .isPresent();
    if (used) {
      throw MerchantFault.unauthenticated(
          "X-Nonce 已被使用（应为：10 分钟内未用过的值）",
          "the X-Nonce was used before (expected: another one within 10 minutes)");
    }
    access.countCall(transaction, tenant);
  }

  private static Optional<String> idempotencyKey(Request request) {
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isPresent()) {
      int length = key.get().length();
      boolean fits =
          length >= 1
              && length <= LONGEST_IDEMPOTENCY_KEY
              && key.get().chars().allMatch(c -> c >= ' ' && c <= '~');
      if (!fits) {
        throw MerchantFault.invalid(
            Sentence.wrong(
                "Idempotency-Key",
                key.get(),
                new Sentence("1 至 128 个可见字符", "1 to 128 printable characters")));
      }
    }
    return key;
  }

  private void count(MerchantCall call, int code) {
    Counter.builder("tollgate.merchant.calls")
        .description("calls of the merchant interface, by the code that they were answered with")
        .tag("call", call.path())
        .tag("code", Integer.toString(code))
        .register(registry)
        .increment();
  }
}
