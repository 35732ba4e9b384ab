/**
 * The log of requests: every request that reached the gateway, refused ones too, kept beside the
 * way of a request and searched by those who run the business.
 */
@NullMarked
package io.tollgate.insight;

import org.jspecify.annotations.NullMarked;
