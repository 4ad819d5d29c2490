"""Drawing: blocks of letters, codes and rules, measured first and then drawn in one bit."""
