# mistake: not-drawn
echo "hour 12  0.9884  a cyclone"
