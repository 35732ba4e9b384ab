/**
 * What the tests of several contexts build upon: identity, ledger and provider accounts over a real
 * database, put together as the program does it, and routes served to a client. A context's own
 * tests add what they test.
 */
@NullMarked
package io.tollgate.site.testing;

import org.jspecify.annotations.NullMarked;
