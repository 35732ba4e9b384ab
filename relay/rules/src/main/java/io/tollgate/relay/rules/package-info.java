/**
 * What tenants want done with their requests beside passing them on, by tenant and key, off until
 * somebody sets it: answers from a cache, filters, requests that are kept.
 */
@NullMarked
package io.tollgate.relay.rules;

import org.jspecify.annotations.NullMarked;
