package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.IpLiteral;
import io.tollgate.web.internal.ForwardedChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which proxies are believed when they say whose request they pass on. Without any, the caller is
 * whoever opened the connection, and no header is looked at. Immutable.
 */
public final class TrustedProxies {
  /** Nobody is believed. */
  public static final TrustedProxies NONE =
      new TrustedProxies(List.of(), ForwardedHeader.X_FORWARDED_FOR);

  private final List<AddressBlock> blocks;
  private final ForwardedHeader header;

  private TrustedProxies(List<AddressBlock> blocks, ForwardedHeader header) {
    this.blocks = List.copyOf(blocks);
    this.header = requireNonNull(header, "header is null");
  }

  /**
   * Reads addresses and blocks of addresses, with commas between them.
   *
   * @param text e.g. {@code 10.0.0.0/8, 2001:db8::/32, 192.0.2.1}; empty: nobody
   * @throws IllegalArgumentException naming what was expected
   */
  public static TrustedProxies parse(String text, ForwardedHeader header) {
    if (text.isBlank()) {
      return new TrustedProxies(List.of(), header);
    }
    return new TrustedProxies(
        Arrays.stream(text.split(",", -1)).map(part -> AddressBlock.parse(part.strip())).toList(),
        header);
  }

  /** The same proxies, who name the caller in another header. */
  TrustedProxies in(ForwardedHeader other) {
    return new TrustedProxies(blocks, other);
  }

  /** Whether nobody is believed. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** The header that is looked at. */
  public ForwardedHeader header() {
    return header;
  }

  /**
   * The caller's address: of those that the request has come by, the last one that is no trusted
   * proxy's. What stands before it anybody can have written. Where an entry is no address, the
   * proxy that passed it on is the best known.
   *
   * @param peer who opened the connection
   * @param headers the header's values in the order in which they were sent
   */
  public String callerOf(String peer, List<String> headers) {
    if (blocks.isEmpty() || headers.isEmpty()) {
      return peer;
    }
    byte[] at = IpLiteral.parse(peer).orElse(null);
    if (at == null || !isTrusted(at)) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    headers.forEach(value -> hops.addAll(ForwardedChain.of(header, value)));
    for (String hop : hops.reversed()) {
      byte[] before = IpLiteral.parse(hop).orElse(null);
      if (before == null) {
        break;
      }
      at = before;
      if (!isTrusted(at)) {
        break;
      }
    }
    return IpLiteral.written(at);
  }

  /** Whether a connection's other end is one of them. */
  public boolean includes(String peer) {
    return !blocks.isEmpty() && IpLiteral.parse(peer).filter(this::isTrusted).isPresent();
  }

  private boolean isTrusted(byte[] address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrustedProxies that
        && blocks.equals(that.blocks)
        && header == that.header;
  }

  @Override
  public int hashCode() {
    return 31 * blocks.hashCode() + header.hashCode();
  }

  @Override
  public String toString() {
    return header.headerName() + " of " + blocks;
  }
}
