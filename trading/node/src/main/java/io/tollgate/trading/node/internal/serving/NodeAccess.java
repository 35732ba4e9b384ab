package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.IpLiteral;
import io.tollgate.ground.Refusal;
import io.tollgate.web.CenterToken;
import io.tollgate.web.Request;
import java.util.List;

/** Who may call a node: whoever has the token, from an address that is listed. Immutable. */
public final class NodeAccess {
  private final CenterToken token;
  private final List<AddressBlock> addresses;

  /**
   * @param addresses that may call; empty: all
   */
  public NodeAccess(CenterToken token, List<AddressBlock> addresses) {
    this.token = requireNonNull(token, "token is null");
    this.addresses = List.copyOf(addresses);
  }

  /**
   * Lets a request pass.
   *
   * @throws Refusal {@code UNAUTHENTICATED} when it has not the token, or comes from elsewhere
   */
  void require(Request request) {
    if (!isListed(request.context().remoteAddress())) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED, "this address may not call the node (node.allowed.ips)");
    }
    token.require(request);
  }

  private boolean isListed(String address) {
    return addresses.isEmpty()
        || IpLiteral.parse(address)
            .filter(bytes -> addresses.stream().anyMatch(block -> block.contains(bytes)))
            .isPresent();
  }
}
