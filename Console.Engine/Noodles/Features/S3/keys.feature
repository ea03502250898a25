@s3
Feature: Keys are any text
  A key is a text of up to 1024 bytes in UTF-8; nothing in it means anything to the store.

  Background:
    Given a customer with a bucket

  Scenario Outline: the key <key> comes back
    When the text "content" is put as "<key>"
    Then the status is 200
    And the object "<key>" holds "content"
    When the bucket is listed
    Then the element "Contents/Key" is "<key>"
    When the object "<key>" is deleted
    Then there is no object "<key>"

    Examples:
      | key                  |
      | with space           |
      | plus+and&amp=equals  |
      | per%cent%20twice     |
      | a/b/c                |
      | umlaut-ü-and-ß       |
      | 日本語               |
      | emoji-🍜             |
      | brackets-[x]-(y)     |
      | quote-it's           |
      | question?mark#hash   |
      | colon:semi;comma,    |
      | tilde~star*bang!     |
      | trailing/            |

  Scenario: keys that differ in case only are two
    Given an object "Key" with the text "large"
    And an object "key" with the text "small"
    Then the object "Key" holds "large"
    And the object "key" holds "small"

  Scenario: a key and what seems to be its folder live side by side
    Given an object "a" with the text "file"
    And an object "a/b" with the text "below"
    Then the object "a" holds "file"
    And the object "a/b" holds "below"
