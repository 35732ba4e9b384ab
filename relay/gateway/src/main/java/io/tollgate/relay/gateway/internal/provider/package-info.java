/** What is sent to provider accounts, and the ways in which no answer comes of it. */
@NullMarked
package io.tollgate.relay.gateway.internal.provider;

import org.jspecify.annotations.NullMarked;
