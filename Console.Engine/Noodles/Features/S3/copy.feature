@s3
Feature: Objects are copied within the store

  Background:
    Given a customer with a bucket
    And an object "from" with the text "content"
      | Content-Type     | text/x-noodle |
      | x-amz-meta-color | green         |

  @canary
  Scenario: a copy has the same content and the same metadata
    When the object "from" is copied to "to"
    Then the status is 200
    And the element "ETag" is "${etag}"
    And the object "to" holds "content"
    And the header "Content-Type" is "text/x-noodle"
    And the header "x-amz-meta-color" is "green"

  Scenario: a copy with new metadata
    When the object "from" is copied to "to"
      | x-amz-metadata-directive | REPLACE |
      | x-amz-meta-color         | red     |
    Then the status is 200
    When the object "to" is looked at
    Then the header "x-amz-meta-color" is "red"

  Scenario: a copy onto itself changes nothing and is refused
    When the object "from" is copied to "from"
    Then the status is 400
    And the error code is "InvalidRequest"

  Scenario: a copy of what is not there
    When the object "never-was" is copied to "to"
    Then the status is 404
    And the error code is "NoSuchKey"

  Scenario: a copy into another bucket
    Given a second bucket
    When the object "from" is copied to "to" in the second bucket
    Then the status is 200

  Scenario: a copy only of another version
    When the object "from" is copied to "to"
      | x-amz-copy-source-if-match | "00000000000000000000000000000000" |
    Then the status is 412
    And there is no object "to"

  Scenario: a copied key with special characters
    Given an object "a b+c/ü" with the text "special"
    When the object "a b+c/ü" is copied to "to"
    Then the object "to" holds "special"
