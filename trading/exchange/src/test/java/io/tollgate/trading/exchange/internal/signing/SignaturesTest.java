package io.tollgate.trading.exchange.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.trading.exchange.TradingKey;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The vectors that exchanges publish, and for OKX one computed from its published inputs. */
final class SignaturesTest {
  private static final String SPOT_SECRET =
      "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
  private static final String FUTURES_SECRET =
      "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

  @Test
  void binance_spot_as_published() {
    assertThat(
            Signatures.binance(
                key(SPOT_SECRET),
                "",
                "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
                    + "&recvWindow=5000&timestamp=1499827319559"))
        .isEqualTo("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");
  }

  @Test
  void binance_spot_with_a_symbol_in_other_letters() {
    Query query =
        new Query()
            .with("symbol", "１２３４５６")
            .with("side", "BUY")
            .with("type", "LIMIT")
            .with("timeInForce", "GTC")
            .with("quantity", "1")
            .with("price", "0.1")
            .with("recvWindow", 5000)
            .with("timestamp", 1499827319559L);
    assertThat(query.toString()).startsWith("symbol=%EF%BC%91%EF%BC%92%EF%BC%93");
    assertThat(Signatures.binance(key(SPOT_SECRET), query.toString(), ""))
        .isEqualTo("e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3");
  }

  @Test
  void binance_spot_half_in_the_query_and_half_in_the_body() {
    assertThat(
            Signatures.binance(
                key(SPOT_SECRET),
                "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC",
                "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"))
        .isEqualTo("0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77");
  }

  @Test
  void binance_futures_as_published() {
    assertThat(
            Signatures.binance(
                key(FUTURES_SECRET),
                "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC"
                    + "&recvWindow=5000&timestamp=1591702613943",
                ""))
        .isEqualTo("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
  }

  @Test
  void gate_as_published() {
    assertThat(
            Signatures.gate(
                key("secret"),
                "GET",
                "/api/v4/futures/orders",
                "contract=BTC_USD&status=finished&limit=50",
                "",
                1541993715))
        .isEqualTo(
            "55f84ea195d6fe57ce62464daaa7c3c02fa9d1dde954e4c898289c9a2407a3d6"
                + "fb3faf24deff16790d726b66ac9f74526668b13bd01029199cc4fcc522418b8a");
    assertThat(
            Signatures.gate(
                key("secret"),
                "POST",
                "/api/v4/futures/orders",
                "",
                "{\"contract\":\"BTC_USD\",\"type\":\"limit\",\"size\":100,\"price\":6800,\"time_in_force\":\"gtc\"}",
                1541993715))
        .isEqualTo(
            "eae42da914a590ddf727473aff25fc87d50b64783941061f47a3fdb92742541f"
                + "c4c2c14017581b4199a1418d54471c269c03a38d788d802e2c306c37636389f0");
  }

  @Test
  void okx_as_computed() {
    assertThat(
            Signatures.okx(
                key("22582BD0CFF14C41EDBF1AB98506286D"),
                "2020-12-08T09:08:57.715Z",
                "GET",
                "/api/v5/account/balance?ccy=BTC",
                ""))
        .isEqualTo("HiZhvSfMtWJA3uUIVXV3a/bSXNPCWvYFXoGCVS8V4zY=");
  }

  @Test
  void keyed_hashes_are_those_of_the_runtime_for_keys_of_every_length() throws Exception {
    Random random = new Random(7);
    for (int length = 1; length < 300; length += 7) {
      byte[] key = new byte[length];
      byte[] text = new byte[random.nextInt(500)];
      random.nextBytes(key);
      random.nextBytes(text);
      Mac short256 = Mac.getInstance("HmacSHA256");
      short256.init(new SecretKeySpec(key, "HmacSHA256"));
      Mac long512 = Mac.getInstance("HmacSHA512");
      long512.init(new SecretKeySpec(key, "HmacSHA512"));
      assertThat(Hmac.SHA256.of(key, text)).isEqualTo(short256.doFinal(text));
      assertThat(Hmac.SHA512.of(key, text)).isEqualTo(long512.doFinal(text));
    }
  }

  @Test
  void a_closed_key_signs_nothing_and_its_bytes_are_gone() {
    TradingKey key = key("the secret itself");
    byte[][] held = new byte[1][];
    key.withSecret(
        secret -> {
          held[0] = secret;
          return 0;
        });
    assertThat(new String(held[0], UTF_8)).isEqualTo("the secret itself");
    key.close();
    assertThat(held[0]).containsOnly(0);
    assertThat(key.toString()).isEqualTo("TradingKey[****]");
    assertThatThrownBy(() -> Signatures.binance(key, "a", ""))
        .isInstanceOf(IllegalStateException.class);
  }

  private static TradingKey key(String secret) {
    return TradingKey.of("api-key".toCharArray(), secret.toCharArray(), Optional.empty());
  }
}
