package dev.assay.postgres;

/**
 * A database that no other test sees.
 *
 * @param jdbcUrl its address
 * @param user a superuser, so that tests can make roles
 */
public record TestDatabase(String jdbcUrl, String user, String password) {}
