package io.tollgate.web.internal;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * How our own types are written in JSON: ids as numbers, amounts as numbers in whole units of their
 * asset, decimals with no more digits than they have.
 */
public final class GroundTypes extends SimpleModule {
  private static final long serialVersionUID = 1L;

  public GroundTypes() {
    super("ground");
    addSerializer(UserId.class, number(UserId::value));
    addSerializer(TenantId.class, number(TenantId::value));
    addSerializer(AdminId.class, number(AdminId::value));
    addSerializer(AccountId.class, number(AccountId::value));
    addSerializer(ApiKeyId.class, number(ApiKeyId::value));
    addSerializer(ChargeId.class, text(ChargeId::toString));
    addSerializer(Asset.class, text(Asset::code));
    addSerializer(Amount.class, decimal(Amount::toDecimal));
    addSerializer(BigDecimal.class, decimal(GroundTypes::plain));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static <T> ValueSerializer<T> number(ToLongFunction<T> toNumber) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializationContext context) {
        out.writeNumber(toNumber.applyAsLong(value));
      }
    };
  }

  private static <T> ValueSerializer<T> text(Function<T, String> toText) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializationContext context) {
        out.writeString(toText.apply(value));
      }
    };
  }

  private static <T> ValueSerializer<T> decimal(Function<T, BigDecimal> toDecimal) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializationContext context) {
        out.writeNumber(toDecimal.apply(value));
      }
    };
  }
}
