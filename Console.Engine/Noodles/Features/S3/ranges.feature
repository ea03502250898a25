@s3
Feature: Parts of objects are read by range

  Background:
    Given a customer with a bucket
    And an object "blob" of 1000 bytes

  @canary
  Scenario Outline: the range <range> gives bytes <first> to <last>
    When the object "blob" is read
      | Range | <range> |
    Then the status is 206
    And the header "Content-Range" is "bytes <first>-<last>/1000"
    And the body is bytes <first> to <last> of 1000 bytes

    Examples:
      | range          | first | last |
      | bytes=0-0      | 0     | 0    |
      | bytes=0-99     | 0     | 99   |
      | bytes=500-     | 500   | 999  |
      | bytes=-10      | 990   | 999  |
      | bytes=990-2000 | 990   | 999  |

  Scenario Outline: the range <range> cannot be had
    When the object "blob" is read
      | Range | <range> |
    Then the status is 416
    And the error code is "InvalidRange"

    Examples:
      | range           |
      | bytes=1000-     |
      | bytes=2000-3000 |

  Scenario: a range that is none is passed over
    When the object "blob" is read
      | Range | apples=1-2 |
    Then the status is 200
    And the body has 1000 bytes

  Scenario: ranges can be had
    When the object "blob" is looked at
    Then the header "Accept-Ranges" is "bytes"

  @canary
  Scenario: a range of just this version
    When the object "blob" is read
      | Range    | bytes=10-19 |
      | If-Match | ${etag}     |
    Then the status is 206
    And the body is bytes 10 to 19 of 1000 bytes

  Scenario: a range of another version
    When the object "blob" is read
      | Range    | bytes=10-19                        |
      | If-Match | "00000000000000000000000000000000" |
    Then the status is 412
